/** French text of what somebody is told without looking. */
export const frAlert = {
  alert: {
    title: 'Unbroken',
    began: {
      gap_one: '{{count, number}} nouvelle lacune ; au moins {{entries, number}} manquantes : {{places}}',
      gap_other: '{{count, number}} nouvelles lacunes ; au moins {{entries, number}} manquantes : {{places}}',
      'sender-silent_one': '{{count, number}} émetteur se tait depuis plus longtemps que prévu : {{places}}',
      'sender-silent_other':
        '{{count, number}} émetteurs se taisent depuis plus longtemps que prévu : {{places}}',
      'disk-low': 'Il reste peu de place sur le disque : {{places}}',
      'rule-changed_one': '{{count, number}} modification de ce qui est audité : {{places}}',
      'rule-changed_other': '{{count, number}} modifications de ce qui est audité : {{places}}',
      'sender-refused': 'Des requêtes non autorisées sont refusées : {{entries, number}} ({{places}})',
    },
    ended: {
      'sender-silent_one': '{{count, number}} émetteur se fait entendre à nouveau : {{places}}',
      'sender-silent_other': '{{count, number}} émetteurs se font entendre à nouveau : {{places}}',
      'disk-low': 'Il y a de nouveau de la place sur le disque : {{places}}',
    },
  },
};
