/**
 * Shows that a long step is going on: one line, rewritten every second on a terminal, else written once at its start
 * and once at its end. On standard error, so that what a command prints can be piped.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  const { isTTY } = process.stderr;
  const show = (text) => process.stderr.write(isTTY ? `\r\u001b[K${text}` : `${text}\n`);

  show(`${what} …`);
  const ticking = isTTY ? setInterval(() => show(`${what} … ${seconds()} s`), 1000) : undefined;
  try {
    const result = await work();
    show(`${what}: done in ${seconds()} s`);
    return result;
  } catch (error) {
    show(`${what}: failed after ${seconds()} s`);
    throw error;
  } finally {
    clearInterval(ticking);
    if (isTTY) process.stderr.write("\n");
  }
}
