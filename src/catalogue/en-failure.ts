/** English text of failures, by their code: what happened, and what to do next. */
export const enFailure = {
  failure: {
    'bad-request':
      'The app asked for something in a way that the engine does not accept. Try again; if it happens again, report it with the message below.',
    'path-not-found':
      'There is nothing at this path, or this account may not see it. Check the path and the permissions, then open it again.',
    'output-inside-evidence':
      'The output would be written into what is being checked, and nothing is ever written there. Choose a place outside of it.',
    'output-not-writable':
      'The output cannot be written at this place. Choose another place, or make this one writable.',
    'workspace-on-network-drive':
      'The workspace would lie on a network drive, where its database is not safe. Choose a place on a local disk.',
    'workspace-is-not-ours':
      'The file is there, but it is no workspace of Unbroken. It was not touched. Choose another file, or a name that is not taken.',
    'workspace-newer':
      'The workspace was made by a newer version of Unbroken. Open it with that version or a later one, or check the logs anew.',
    'workspace-corrupt':
      'The workspace is damaged and cannot be trusted. The logs themselves were not touched: remove the workspace and check them anew.',
    'workspace-busy':
      'Another Unbroken has this workspace open. Close it there, or wait until it has finished, then try again.',
    'nothing-to-check':
      'No audit log was found here. Open the directory that holds audit.jsonl or audit-YYYY-MM-DD.jsonl, or an archive of it.',
    'comparison-unreadable':
      'What to compare with could not be read: it is neither a report of Unbroken with the hashes of files nor a list of SHA-256 sums. Choose another file, or check without one.',
    'pattern-too-slow':
      'The regular expression takes too long on these lines. Avoid repetitions inside of repetitions, such as (a+)+, or search for a text.',
    'bad-setting':
      'A setting of the audit trail has a value that it cannot have. Nothing was changed. The settings say which one, and where it is written.',
    'setting-fixed':
      'This is fixed in the environment or in the configuration file, which beat the database. Change it there.',
    'rule-exists': 'A model has one rule. Change that one, or choose another model.',
    'rules-unreadable':
      'The file with the rules is there and is not as it was written. It was left as it is: put it right, or move it away to begin without rules.',
    'change-unwitnessed':
      'None of the backends that record changes to auditing could take this one, so it did not take effect. See whether the file can be written and the receivers answer.',
    'not-found':
      'It is no longer there: the result has changed since it was shown. Go back and choose again.',
    'not-available-here':
      'This cannot be done in a browser. Type the path instead, or use the desktop window.',
    'not-allowed':
      'This session or your role does not permit it. Open the link that Unbroken printed, or ask an Audit Manager.',
    'sign-in-refused':
      'Check both; capital letters count in the password. If you have forgotten it, ask an Audit Manager for a new one.',
    'too-many-attempts': 'There were too many wrong passwords. Wait a minute, and try again.',
    'link-used':
      'It was used already, or there are accounts by now. Sign in with yours, or ask an Audit Manager for one. While there is no account, the server prints another link when it is started.',
    'session-ended':
      'Your session on the server has ended: it was quiet for long, or the account was changed. Sign in again.',
    'bad-address':
      'It has a part that an address of a server does not have, or lacks one. Write it as https://audit.example.org, with a port where there is one, and nothing behind it.',
    'address-not-secure':
      'Over plain HTTP, passwords and entries can be read on the way. Only a server on this machine is asked so: use an address that begins with https.',
    'certificate-changed':
      'The server shows another certificate than the one it was known by. Somebody in between can cause that; so can a certificate that was renewed. Nothing was sent. Ask whoever runs the server. If it was renewed, forget this server and connect anew.',
    'server-unreachable':
      'Nothing answers at this address, or the connection was cut. Check the address, the network and whether the server runs.',
    'server-answers-otherwise':
      'What answers is something else, redirects to another place, or is another version of Unbroken. Check the address, and that both have the same version.',
    'server-shown': 'This window shows a server. Sign out there first, then open what is on this machine.',
    'receiver-not-started':
      'Nothing is received. Most often the address is taken by another program, or this account may not use it: choose another port, above 1024, or end the other program.',
    'receiver-data-settled':
      'What was received lies in this directory, and would be left behind. It stays where it is.',
    'engine-stopped':
      'The part of the app that reads and checks has stopped unexpectedly. The logs were not touched and what was read is kept. Open them again to go on.',
    cancelled: 'What was read is kept. The check goes on from there when you open it again.',
    internal:
      'Something went wrong inside the app. The logs were not touched. Try again; if it happens again, report it with the message below.',
  },
} as const;
