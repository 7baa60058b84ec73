/** English text of the screen of rules. */
export const enRules = {
  rules: {
    title: 'Audit rules',
    add: 'New rule',
    whose:
      'These are the rules of Unbroken’s own audit trail: programs that use it record by them. OpenSPP’s own rules are kept in its database and are not changed here.',
    unprotected:
      'Changes to rules are not protected: no file, syslog or HTTP backend beside the database is on that would record a change before it takes effect.',
    none: 'There is no rule',
    noneText: 'Without a rule nothing is recorded of a model’s records.',
    nothing: 'nothing',
    inactive: 'Inactive: it records nothing',
    postsToChatter: 'Posts to Chatter',
    allFields: 'all fields',
    edit: 'Change the rule of {{model}}',
    editTitle: 'Change a rule',
    addTitle: 'New rule',
    column: { rule: 'Rule', records: 'Records', fields: 'Fields', change: 'Change' },
    field: {
      model: 'Model',
      name: 'Name',
      active: 'Active',
      data: 'Changes of records',
      lifecycle: 'Life cycle and files',
      fields: 'Subscribed fields',
      chatter: 'Post to Chatter',
    },
    modelFixed: 'A rule keeps its model.',
    fieldsHint: 'Changes of these fields alone are recorded; of all fields where none is named.',
    chatterHint: 'Summaries go to the record’s thread. For records that change seldom.',
    wrong: {
      model: 'A technical name, such as res.partner',
      name: 'Between 1 and 200 characters',
      fields: 'At most 1,000 names of at most 128 characters',
    },
    save: 'Save',
    cancel: 'Cancel',
    remove: 'Remove…',
    removeNow: 'Remove: nothing of this model is recorded then',
  },
};
