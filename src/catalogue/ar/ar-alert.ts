/** Arabic text of what somebody is told without looking. */
export const arAlert = {
  alert: {
    title: 'Unbroken',
    began: {
      gap_other: 'فجوات جديدة: {{count, number}}؛ الناقص على الأقل {{entries, number}}: {{places}}',
      'sender-silent_other': 'مرسِلون لم يرسلوا شيئًا مدة أطول من المتوقع: {{count, number}} ({{places}})',
      'disk-low': 'لم يبق على القرص إلا مساحة قليلة: {{places}}',
      'rule-changed_other': 'تغييرات فيما يُدقَّق: {{count, number}} ({{places}})',
      'sender-refused': 'تُرفض طلبات ممن لا يحق له الإرسال: {{entries, number}} ({{places}})',
    },
    ended: {
      'sender-silent_other': 'مرسِلون عادوا إلى الإرسال: {{count, number}} ({{places}})',
      'disk-low': 'توفرت مساحة على القرص من جديد: {{places}}',
    },
  },
};
