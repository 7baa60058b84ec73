/** French text of following what grows. */
export const frFollow = {
  following: 'Suivi en direct',
  paused: 'Suivi en pause',
  stopped: 'Suivi interrompu',
  changed: 'Dernier changement {{time}}',
  unchecked_one:
    'Constats vérifiés jusqu’à {{time}} ; {{count, number}} entrée plus récente en cours de vérification',
  unchecked_other:
    'Constats vérifiés jusqu’à {{time}} ; {{count, number}} entrées plus récentes en cours de vérification',
  uncheckedYet_one: '{{count, number}} entrée plus récente en cours de vérification',
  uncheckedYet_other: '{{count, number}} entrées plus récentes en cours de vérification',
  noChange: 'Aucun changement pour l’instant',
  pause: 'Mettre le suivi en pause',
  resume: 'Reprendre le suivi',
  newEntries_one: '{{count, number}} nouvelle entrée',
  newEntries_other: '{{count, number}} nouvelles entrées',
  provisional: 'Provisoire',
  provisionalText:
    'Le journal était encore en cours d’écriture ici : ce qui manque est peut-être en route. Cela ne décide de rien tant qu’une vérification ultérieure ne l’a pas retrouvé.',
};
