/**
 * How long a transaction waits for a lock before it is run again. Well within a statement's time, and before PostgreSQL
 * looks for deadlocks (1 s): one that is merely given up on would stay in the queue, with all that it holds.
 */
const shortestMs = 350;
const longestMs = 650;

/**
 * Gives each transaction in turn a patience of its own: two that wait for each other would else give up at the same
 * moment, and meet again. Steps of the golden section never come close to where one was a few steps ago; any dozen in a
 * row, which is as many as the pool has connections, are 10 ms apart or more.
 * @param start from 0 to 1; another in each process: those of two instances may wait for each other too
 */
export function lockPatience(start = Math.random()): () => number {
  const goldenSection = (Math.sqrt(5) - 1) / 2;
  let place = start;
  return () => {
    place = (place + goldenSection) % 1;
    return Math.round(shortestMs + place * (longestMs - shortestMs));
  };
}
