/** `unbroken user` and `unbroken token`: who may see what `unbroken serve` serves. */
import { type Command, Option } from 'commander';
import { Group } from '../contract/group.ts';
import {
  runTokenAdd,
  runTokenList,
  runTokenRevoke,
  runUserAdd,
  runUserList,
  runUserPassword,
  runUserRemove,
  runUserRole,
} from './run-user.ts';

const data = ['--data <dir>', 'the directory that is served'] as const;
const password = ['--password-stdin', 'take the password from standard input'] as const;

function groupOption(): Option {
  const about = 'manager: everything; user: reads, and writes notes, reviews and exports';
  return new Option('--group <group>', about).choices(Group.options);
}

export function addAccountCommands(program: Command): void {
  const user = program.command('user').description('who may sign in to the screens of `unbroken serve`');
  user
    .command('add')
    .description('make an account; asks for its password')
    .argument('<name>')
    .requiredOption(...data)
    .addOption(groupOption().default('user'))
    .option(...password)
    .action(runUserAdd);
  user
    .command('password')
    .description('set another password; ends the sessions of the account')
    .argument('<name>')
    .requiredOption(...data)
    .option(...password)
    .action(runUserPassword);
  user
    .command('role')
    .description('put an account into another group; ends its sessions')
    .argument('<name>')
    .requiredOption(...data)
    .addOption(groupOption().makeOptionMandatory())
    .action(runUserRole);
  user
    .command('remove')
    .description('remove an account; ends its sessions, and what it wrote stays')
    .argument('<name>')
    .requiredOption(...data)
    .action(runUserRemove);
  user
    .command('list')
    .description('list accounts')
    .requiredOption(...data)
    .action(runUserList);

  const token = program.command('token').description('programs that ask what `unbroken serve` serves');
  token
    .command('add')
    .description('make a token for `Authorization: Bearer`; it is printed once, as the last line')
    .argument('<name>')
    .requiredOption(...data)
    .addOption(groupOption().default('user'))
    .action(runTokenAdd);
  token
    .command('list')
    .description('list tokens')
    .requiredOption(...data)
    .action(runTokenList);
  token
    .command('revoke')
    .description('take a token back')
    .argument('<name>')
    .requiredOption(...data)
    .action(runTokenRevoke);
}
