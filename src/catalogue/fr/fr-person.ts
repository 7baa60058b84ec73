/** French text of a person's page. */
export const frPerson = {
  open: 'Tout sur cet utilisateur',
  none: 'Aucune entrée de cet utilisateur',
  noneText: 'Le journal n’a pas d’entrée avec cet identifiant.',
  names: 'Identifiants',
  namesMany_one: 'Un seul identifiant',
  namesMany_other: '{{count, number}} combinaisons d’identifiants : il peut s’agir de personnes différentes',
  namesText_one: 'id {{id}} : {{count, number}} entrée',
  namesText_other: 'id {{id}} : {{count, number}} entrées',
  first: 'Vu d’abord',
  last: 'Vu en dernier',
  activeHours: 'Heures avec des entrées',
  medianHour: 'Entrées de l’heure médiane',
  week: 'Heures et jours de la semaine',
  weekIn: 'Horloge de {{zone}}',
  weekLabel:
    'Entrées par jour de la semaine et par heure, en {{zone}} ; les flèches déplacent, Entrée montre les heures',
  cell_zero: '{{day}}, {{from}} à {{to}} : aucune entrée',
  cell_one: '{{day}}, {{from}} à {{to}} : {{count, number}} entrée',
  cell_other: '{{day}}, {{from}} à {{to}} : {{count, number}} entrées',
  cellHint: 'Choisissez une heure pour voir les dates qu’elle réunit.',
  cellHours: '{{day}}, {{from}} à {{to}}',
  cellDates_one: '{{count, number}} date',
  cellDates_other: '{{count, number}} dates, celles avec le plus d’entrées d’abord',
  bursts: 'Pics inhabituels',
  burstLegend: 'Pic inhabituel',
  burst_one: 'Pic : {{count, number}} entrée, {{period}}',
  burst_other: 'Pic : {{count, number}} entrées, {{period}}',
  burstsNone: 'Aucune heure n’est loin au-dessus de l’habitude de cette personne.',
  burstsTooFew:
    'Avec moins de {{least, number}} heures qui ont des entrées, il n’y a pas d’habitude sur laquelle juger.',
  burstsRule:
    'Une heure compte comme un pic à partir de {{threshold, number}} entrées : {{factor, number}} fois la médiane des {{hours, number}} heures où cette personne a des entrées ({{median, number}}), et jamais moins de {{least, number}}. Des heures qui se suivent font un seul pic. Les imports et les tâches planifiées ont la même apparence.',
  burstsShown: 'Les {{shown, number}} plus grands sur {{total, number}}.',
  on: 'Sur quoi, et d’où',
  records: 'Enregistrements',
  gaps: 'Lacunes où ses entrées peuvent manquer',
  gapsNone:
    'Le journal n’a pas de lacune. Ce qu’un contrôle ne peut pas voir est dit dans la vue d’ensemble.',
  gapsText_one:
    'Il manque au moins {{missing, number}} entrées dans {{count, number}} lacune du journal. Certaines ont pu être de cette personne ; le journal ne le dit pas.',
  gapsText_other:
    'Il manque au moins {{missing, number}} entrées dans {{count, number}} lacunes du journal. Certaines ont pu être de cette personne ; le journal ne le dit pas.',
  gapNear_one: '{{count, number}} de ses entrées à moins d’une heure',
  gapNear_other: '{{count, number}} de ses entrées à moins d’une heure',
  sameNode: 'un nœud avec ses entrées',
} as const;
