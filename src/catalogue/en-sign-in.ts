/** English text of the sign-in page, and of who is signed in. */
export const enSignIn = {
  signIn: {
    title: 'Sign in',
    lead: 'This Unbroken receives audit logs and is used by several people. An Audit Manager makes accounts.',
    name: 'Name',
    password: 'Password',
    again: 'Password again',
    show: 'Show the password',
    button: 'Sign in',
    rule: 'At least {{least, number}} characters. Length is what counts: a few words that do not belong together.',
    tooShort: 'This has fewer than {{least, number}} characters.',
    notSame: 'This is not the same password.',
    nameRule:
      'Small letters and digits, with . _ @ or - between them. The log of what is done here names you so.',
    nameWrong: 'A name has small letters, digits and . _ @ - between them, 64 at most.',
    first: {
      title: 'Make the first account',
      lead: 'Whoever has this link becomes the first Audit Manager. It works once.',
      button: 'Make the account',
    },
    change: {
      title: 'Change my password',
      old: 'Old password',
      oldWrong: 'This is not your password.',
      new: 'New password',
      again: 'New password again',
      button: 'Change it',
      done: 'Your password was changed. You stay signed in here; your other sessions have ended.',
    },
    group: { manager: 'Audit Manager', user: 'Audit User' },
    signedIn: 'Signed in as {{name}}, {{group}}',
    out: 'Sign out',
    needsManager: 'This needs an Audit Manager.',
    received: 'Open what is received here',
    receivedText: 'All that the senders sent, followed as it arrives.',
    waiting: 'Nothing received yet',
    waitingText:
      'Entries are shown here as soon as a sender has sent some. An Audit Manager adds senders on the screen Receiver.',
  },
} as const;
