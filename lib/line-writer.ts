import { write, writeSync } from "node:fs";

/** Where the log writes its lines. */
export interface LineWriter {
  /** Takes a line with its line feed. Returns at once, whatever becomes of it. */
  write(line: string): void;
  /** Writes what waits, as far as that takes no longer than a second. For the end of the process. */
  flush(): void;
}

/** Characters of lines that nobody takes and that wait in memory; what comes then is dropped. */
const WAITING_MAX_CHARACTERS = 4 * 1024 * 1024;
const RETRY_MILLISECONDS = 50;
const FLUSH_TRIES = 20;

/**
 * Lines to a file descriptor, in order and off the event loop. A reader that is slow delays nobody; one that is gone,
 * or a full disk, costs lines and never a request, and lines come again when it is mended.
 */
export function lineWriter(fd: number): LineWriter {
  let waiting: string[] = [];
  let waitingCharacters = 0;
  let isWriting = false;
  /** What a slow reader has just refused; tried again in a moment. */
  let refused: Buffer = Buffer.alloc(0);

  const take = (): Buffer => {
    const lines = Buffer.from(waiting.join(""));
    waiting = [];
    waitingCharacters = 0;
    return lines;
  };

  const writeOut = (bytes: Buffer): void => {
    isWriting = true;
    refused = Buffer.alloc(0);
    write(fd, bytes, (error, count) => {
      if (isBusy(error)) {
        refused = bytes;
        setTimeout(writeOut, RETRY_MILLISECONDS, bytes);
      } else if (error === null && count < bytes.length) writeOut(bytes.subarray(count));
      else if (waiting.length > 0) writeOut(take());
      else isWriting = false;
    });
  };

  return {
    write(line) {
      if (waitingCharacters + line.length > WAITING_MAX_CHARACTERS) return;
      waiting.push(line);
      waitingCharacters += line.length;
      if (!isWriting) writeOut(take());
    },
    flush() {
      let bytes = Buffer.concat([refused, take()]);
      for (let tries = 0; bytes.length > 0 && tries < FLUSH_TRIES; tries++) {
        try {
          bytes = bytes.subarray(writeSync(fd, bytes));
        } catch (error) {
          if (!isBusy(error)) return;
          pause(RETRY_MILLISECONDS);
        }
      }
    },
  };
}

/** A reader that is slow on a descriptor that does not block. */
function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === "EAGAIN";
}

/** Stops this thread; there is nothing else it could do at its end. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
