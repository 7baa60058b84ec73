/** French text of copies of one log side by side over time. */
export const frCopies = {
  copies: {
    caption:
      'Les copies dans le temps, chacune de sa première entrée à sa dernière : ce qui y manque et qu’une autre contient, ce qu’aucune copie ne contient, et ce qui se lit autrement.',
    holds: 'Contient des entrées',
    lacks: 'Manque, et une autre copie le contient',
    ended: 'S’arrête avant une autre copie',
    missing: 'Manque dans toutes les copies',
    differs: 'Se lit autrement',
    entriesOf: 'Entrées de {{name}}',
  },
};
