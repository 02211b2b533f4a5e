import { connect, type Socket } from "node:net";
import { readWireAnswer, type WireAnswer } from "./wire-answer";

/** One kept-alive connection that asks for one thing after the other. */
export interface WireClient {
  /** Sends this, one whole request, and reads all of the answer. @throws Error when the connection breaks */
  send(request: string): Promise<WireAnswer>;
  close(): void;
}

const NOTHING = Buffer.alloc(0);

interface Waiting {
  readonly request: string;
  /** A kept-alive connection may be closed by the server in the very moment in which it is used again. */
  readonly mayRepeat: boolean;
  resolve(answer: WireAnswer): void;
  reject(error: Error): void;
}

/**
 * An HTTP/1.1 client without the comforts of `node:http`, which costs more than many a server that is measured. Connects
 * when asked and not connected. Takes the next request only when the last one is answered.
 */
export function openWireClient(origin: string): WireClient {
  const { hostname, port } = new URL(origin);
  let socket: Socket | null = null;
  let waiting: Waiting | null = null;
  let received: Buffer = NOTHING;

  function open(): Socket {
    const opened = connect({ host: hostname, port: Number(port), noDelay: true });
    received = NOTHING;
    opened.on("data", read);
    // what follows is "close", which tells who waits
    opened.on("error", () => {});
    opened.on("close", () => {
      if (socket === opened) lose();
    });
    return opened;
  }

  function lose() {
    socket = null;
    const asked = waiting;
    waiting = null;
    if (asked === null) return;
    if (asked.mayRepeat && received.length === 0) ask({ ...asked, mayRepeat: false });
    else asked.reject(new Error("The server closed the connection"));
  }

  function ask(asked: Waiting) {
    waiting = asked;
    socket ??= open();
    socket.write(asked.request, "latin1");
  }

  function read(chunk: Buffer) {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = readWireAnswer(received);
    if (answer === null) return;
    received = NOTHING;
    if (answer.isLast) socket = null;
    const answered = waiting;
    waiting = null;
    answered?.resolve(answer);
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) =>
        ask({ request, mayRepeat: socket !== null, resolve, reject }),
      ),
    close() {
      const closing = socket;
      socket = null;
      closing?.destroy();
    },
  };
}
