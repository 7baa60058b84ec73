/** Arabic text of following what grows. */
export const arFollow = {
  following: 'تجري المتابعة',
  paused: 'المتابعة متوقفة مؤقتًا',
  stopped: 'توقفت المتابعة',
  changed: 'آخر تغيير {{time}}',
  noChange: 'لا تغيير حتى الآن',
  pause: 'أوقف المتابعة مؤقتًا',
  resume: 'تابع من جديد',
  newEntries_zero: 'لا قيود جديدة',
  newEntries_one: 'قيد جديد واحد',
  newEntries_two: 'قيدان جديدان',
  newEntries_few: '{{count, number}} قيود جديدة',
  newEntries_many: '{{count, number}} قيدًا جديدًا',
  newEntries_other: '{{count, number}} قيد جديد',
  provisional: 'مؤقتة',
  provisionalText:
    'كان السجل ما يزال يُكتب هنا: قد يكون الناقص في الطريق. لا يحسم هذا شيئًا حتى يجده فحص لاحق أيضًا.',
};
