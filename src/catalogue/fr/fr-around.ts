/** French text of an entry's neighbours. */
export const frAround = {
  title: 'Avant et après',
  keys: 'P, N : enregistrement · Maj : utilisateur',
  record: 'Enreg.',
  user: 'Utilisateur',
  before: 'l’entrée précédente',
  after: 'l’entrée suivante',
  beforeNone: 'aucune avant',
  afterNone: 'aucune après',
  stream:
    'Le processus qui a écrit une entrée n’y figure pas : son flux n’est pas connu ici. Les constats montrent les flux.',
  outside: 'Cette entrée ne correspond pas au filtre.',
  drop: 'Retirer le filtre et l’afficher',
  gap: {
    title: 'Les mêmes utilisateurs et enregistrements, avant et après',
    on: { before: 'de la ligne avant', after: 'de la ligne après', both: 'des deux lignes' },
    meanwhile_one: '{{count, number}} entrée pendant la lacune',
    meanwhile_other: '{{count, number}} entrées pendant la lacune',
    meanwhileNone: 'aucune entrée pendant la lacune',
    open: 'Montrer parmi les entrées',
  },
};
