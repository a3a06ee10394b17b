import { appendFileSync, openSync, readFileSync, rmSync } from 'node:fs';
import { answerTo, type FakeWorld } from './gphoto2-tongue.ts';

/**
 * Stands in for the program gphoto2. Before its arguments it is given a folder that the real one does
 * not have: `world.json` says what is on the cable, `log` gets one call a line, and `overlap` where two
 * ran side by side.
 */
const [folder = '', ...args] = process.argv.slice(2);
const world = JSON.parse(readFileSync(`${folder}/world.json`, 'utf8')) as FakeWorld;
const lock = `${folder}/running`;

appendFileSync(`${folder}/log`, `${args.join(' ')}\n`);
try {
  openSync(lock, 'wx');
} catch {
  appendFileSync(`${folder}/log`, 'overlap\n');
}
const unlock = () => rmSync(lock, { force: true });
process.on('SIGTERM', () => {
  if (world.answer === 'stubborn') return;
  unlock();
  process.exit(143);
});

const answer = answerTo(world, args);
if (answer === 'never') setInterval(() => {}, 1000);
else if (answer === 'crash') {
  unlock();
  process.kill(process.pid, 'SIGKILL');
} else {
  const { exitCode, output, complaint, afterMs } = answer;
  setTimeout(() => {
    process.stderr.write(complaint, () => {
      process.stdout.write(output, () => {
        unlock();
        process.exit(exitCode);
      });
    });
  }, afterMs);
}
