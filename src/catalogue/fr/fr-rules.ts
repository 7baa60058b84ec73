/** French text of the screen of rules. */
export const frRules = {
  rules: {
    title: 'Règles d’audit',
    add: 'Nouvelle règle',
    whose:
      'Ce sont les règles du journal d’audit propre à Unbroken : les programmes qui l’utilisent enregistrent selon elles. Les règles d’OpenSPP sont dans sa base de données et ne sont pas modifiées ici.',
    unprotected:
      'Les modifications de règles ne sont pas protégées : aucun fichier, syslog ou HTTP n’est activé à côté de la base pour enregistrer une modification avant qu’elle prenne effet.',
    none: 'Il n’y a aucune règle',
    noneText: 'Sans règle, rien n’est enregistré des enregistrements d’un modèle.',
    nothing: 'rien',
    inactive: 'Inactive : elle n’enregistre rien',
    postsToChatter: 'Publie dans le Chatter',
    allFields: 'tous les champs',
    edit: 'Modifier la règle de {{model}}',
    editTitle: 'Modifier une règle',
    addTitle: 'Nouvelle règle',
    column: { rule: 'Règle', records: 'Enregistre', fields: 'Champs', change: 'Modifier' },
    field: {
      model: 'Modèle',
      name: 'Nom',
      active: 'Active',
      data: 'Modifications des enregistrements',
      lifecycle: 'Cycle de vie et fichiers',
      fields: 'Champs suivis',
      chatter: 'Publier dans le Chatter',
    },
    modelFixed: 'Une règle garde son modèle.',
    fieldsHint:
      'Seules les modifications de ces champs sont enregistrées ; celles de tous si aucun n’est nommé.',
    chatterHint: 'Des résumés vont au fil de l’enregistrement. Pour ceux qui changent rarement.',
    wrong: {
      model: 'Un nom technique, comme res.partner',
      name: 'De 1 à 200 caractères',
      fields: 'Au plus 1 000 noms de 128 caractères au plus',
    },
    save: 'Enregistrer',
    cancel: 'Annuler',
    remove: 'Supprimer…',
    removeNow: 'Supprimer : plus rien de ce modèle ne sera enregistré',
  },
};
