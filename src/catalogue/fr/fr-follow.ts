/** French text of following what grows. */
export const frFollow = {
  following: 'Suivi en direct',
  paused: 'Suivi en pause',
  stopped: 'Suivi interrompu',
  changed: 'Dernier changement {{time}}',
  noChange: 'Aucun changement pour l’instant',
  pause: 'Mettre le suivi en pause',
  resume: 'Reprendre le suivi',
  newEntries_one: '{{count, number}} nouvelle entrée',
  newEntries_other: '{{count, number}} nouvelles entrées',
  provisional: 'Provisoire',
  provisionalText:
    'Le journal était encore en cours d’écriture ici : ce qui manque est peut-être en route. Cela ne décide de rien tant qu’une vérification ultérieure ne l’a pas retrouvé.',
};
