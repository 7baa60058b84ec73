/** Arabic text of copies of one log side by side over time. */
export const arCopies = {
  copies: {
    caption:
      'النسخ عبر الزمن، كلٌّ منها من أول قيد فيها إلى آخر قيد: ما ينقصها وتحويه نسخة أخرى، وما لا تحويه أي نسخة، وما يُقرأ على نحو مختلف.',
    holds: 'تحوي قيودًا',
    lacks: 'ينقصها ما تحويه نسخة أخرى',
    ended: 'انتهت قبل نسخة أخرى',
    missing: 'مفقود في كل النسخ',
    differs: 'يُقرأ على نحو مختلف',
    entriesOf: 'قيود {{name}}',
  },
};
