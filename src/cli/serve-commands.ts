/** `unbroken serve`, `sender` and `view`: what goes on until it is ended, and who may send to it. */
import type { Command } from 'commander';
import { readWholeNumber } from './read-words.ts';
import { runSenderAdd, runSenderList, runSenderRevoke, runSenderRotate } from './run-sender.ts';
import type { ServeOptions } from './run-serve.ts';

export function addServeCommands(program: Command): void {
  program
    .command('serve')
    .description('receive entries from OpenSPP without a display, and keep them in a spool')
    .requiredOption('--data <dir>', 'where the spool and the senders are kept; made where it is not')
    .option('--http <address>', 'where to listen, HOST:PORT; 127.0.0.1:8080 unless told')
    .option('--http-tls', 'HTTPS there: with the certificate of the settings, or one made at first start')
    .option('--syslog-udp <address>', 'syslog over UDP, which acknowledges nothing')
    .option('--syslog-tcp <address>', 'syslog over TCP, which acknowledges nothing')
    .option('--syslog-tls <address>', 'syslog over TLS, which acknowledges nothing')
    .option('--relp <address>', 'RELP, from rsyslog: acknowledged once it is on the disk')
    .option('--ui <address>', 'the screens for a browser, HOST:PORT; people sign in, see `unbroken user`')
    .option('--ui-tls', 'HTTPS there')
    .option(
      '--ui-behind <origin>',
      'where a reverse proxy with HTTPS serves it, such as https://audit.example.org',
    )
    .option('--tail <path...>', 'logs that are checked and followed beside what is received')
    .option('--config <file>', 'settings as JSON, comments allowed: see resources/serve.example.json')
    .addHelpText(
      'after',
      `
Examples:
  unbroken sender add openspp --data /var/lib/unbroken
  unbroken serve --data /var/lib/unbroken --http 0.0.0.0:8080
  unbroken sender add relay --no-auth --allow 10.0.0.5 --data /var/lib/unbroken
  unbroken serve --data /var/lib/unbroken --relp 0.0.0.0:2514
  unbroken verify --data /var/lib/unbroken`,
    )
    .action(async (options: ServeOptions) => {
      const { runServe } = await import('./run-serve.ts');
      await runServe(options);
    });

  program
    .command('view')
    .description('serve the screens to a browser on this machine, and print the link')
    .argument('[path...]', 'directories, files or archives to open at once')
    .option('--port <n>', 'the port; any free one unless told', readWholeNumber(65_535), 0)
    .addHelpText('after', '\nExample:\n  unbroken view /var/log/openspp')
    .action(async (paths: string[], options: { port: number }) => {
      // The HTTP framework takes a while to load, and only this command needs it.
      const { runView } = await import('./run-view.ts');
      await runView(paths, options);
    });
}

export function addSenderCommands(program: Command): void {
  const sender = program.command('sender').description('who may send entries to `unbroken serve`');
  const data = ['--data <dir>', 'the directory that is served'] as const;
  const value = ['--value-stdin', 'take the Authorization value from standard input'] as const;
  sender
    .command('add')
    .description('add a sender; the Authorization value of its requests is printed once, as the last line')
    .argument('<name>')
    .requiredOption(...data)
    .option(...value)
    .option('--no-auth', 'known by where it sends from, without a value')
    .option('--allow <address...>', 'with --no-auth: addresses or networks such as 10.0.0.0/24')
    .option('--certificate <file>', 'known by the certificate it shows over TLS: its file, or its SHA-256')
    .action(runSenderAdd);
  sender
    .command('list')
    .description('list senders')
    .requiredOption(...data)
    .action(runSenderList);
  sender
    .command('rotate')
    .description('give a sender another value')
    .argument('<name>')
    .requiredOption(...data)
    .option(...value)
    .option('--certificate <file>', 'know it by another certificate: its file, or its SHA-256')
    .action(runSenderRotate);
  sender
    .command('revoke')
    .description('take nothing from a sender any more; what it sent stays')
    .argument('<name>')
    .requiredOption(...data)
    .action(runSenderRevoke);
}
