/** English text of masked values. */
export const enMask = {
  title: 'Values',
  switch: 'Mask values on screen',
  text: 'Values, whole lines and their hashes are not shown, exported or reported. Who did what, when and to which record stays.',
  fields: 'Only of these fields',
  fieldsText:
    'Without any, the values of all fields are masked. Whole lines are masked in any case, and an export or a document has no values at all.',
  all: 'All fields',
  masked: 'masked',
  on: 'Values are masked',
  raw: 'The line is masked: it would show its values.',
  forced: 'Values are masked in the settings.',
  turnOn: 'Mask values',
  turnOff: 'Show values',
} as const;
