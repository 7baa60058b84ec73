/** Arabic text of the sign-in page, and of who is signed in. */
export const arSignIn = {
  signIn: {
    title: 'تسجيل الدخول',
    lead: 'يستقبل Unbroken هذا سجلات التدقيق ويستعمله عدة أشخاص. يُنشئ الحسابات مدير التدقيق (Audit Manager).',
    name: 'الاسم',
    password: 'كلمة المرور',
    again: 'كلمة المرور مرة أخرى',
    show: 'إظهار كلمة المرور',
    button: 'تسجيل الدخول',
    rule: '{{least, number}} حرفًا على الأقل. الطول هو المهم: بضع كلمات لا صلة بينها.',
    tooShort: 'فيها أقل من {{least, number}} حرفًا.',
    notSame: 'ليست كلمة المرور نفسها.',
    nameRule: 'حروف لاتينية صغيرة وأرقام، وبينها . أو _ أو @ أو -. بهذا الاسم يذكرك سجل ما يُفعل هنا.',
    nameWrong: 'في الاسم حروف لاتينية صغيرة وأرقام وبينها . _ @ - ولا يزيد على 64.',
    first: {
      title: 'إنشاء الحساب الأول',
      lead: 'من لديه هذا الرابط يصبح أول مدير تدقيق (Audit Manager). يعمل الرابط مرة واحدة.',
      button: 'إنشاء الحساب',
    },
    group: { manager: 'مدير التدقيق', user: 'مستخدم التدقيق' },
    signedIn: 'الحساب: {{name}}، {{group}}',
    out: 'تسجيل الخروج',
    needsManager: 'هذا لمدير التدقيق (Audit Manager).',
    received: 'فتح ما يُستقبل هنا',
    receivedText: 'كل ما أرسله المرسِلون، ويُتابَع عند وصوله.',
    waiting: 'لم يصل شيء بعد',
    waitingText:
      'تظهر القيود هنا حالما يرسل مرسِل شيئًا. يضيف مدير التدقيق (Audit Manager) المرسِلين في شاشة المستقبِل.',
  },
} as const;
