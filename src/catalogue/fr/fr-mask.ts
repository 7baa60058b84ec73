/** French text of masked values. */
export const frMask = {
  title: 'Valeurs',
  switch: 'Masquer les valeurs à l’écran',
  text: 'Les valeurs, les lignes entières et leurs empreintes ne sont ni montrées, ni exportées, ni rapportées. Qui a fait quoi, quand et à quel enregistrement reste visible.',
  fields: 'Seulement de ces champs',
  fieldsText:
    'Sans aucun, les valeurs de tous les champs sont masquées. Les lignes entières le sont toujours, et un export ou un document n’a aucune valeur.',
  all: 'Tous les champs',
  masked: 'masqué',
  on: 'Les valeurs sont masquées',
  raw: 'La ligne est masquée : elle montrerait ses valeurs.',
  forced: 'Les valeurs sont masquées dans les réglages.',
  turnOn: 'Masquer les valeurs',
  turnOff: 'Montrer les valeurs',
};
