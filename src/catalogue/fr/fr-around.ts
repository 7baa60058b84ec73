/** French text of an entry's neighbours. */
export const frAround = {
  title: 'Avant et après',
  keys: 'P, N : enregistrement · Maj : utilisateur · B, F : flux',
  record: 'Enreg.',
  user: 'Utilisateur',
  before: 'l’entrée précédente',
  after: 'l’entrée suivante',
  beforeNone: 'aucune avant',
  afterNone: 'aucune après',
  stream: {
    seqs: 'seq {{first}}–{{last}}',
    sure: 'Aucune entrée ne dit quel processus l’a écrite : c’est ainsi que la vérification les répartit.',
    mixed_one:
      'Près d’une lacune, il était au même seq que {{count, number}} autre flux : ce qui y manque peut être de l’autre.',
    mixed_other:
      'Près de lacunes, il était au même seq que {{count, number}} autres flux : ce qui y manque peut être des autres.',
    unknown:
      'Son flux n’est pas connu : elle a été lue après la dernière vérification, ou le rapport ne donne pas ce flux.',
    none: 'Inconnu',
    dividing: 'Les flux sont en cours de répartition…',
    ofFinding: 'Flux concernés',
    open: 'Montrer les entrées de ce flux',
  },
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
