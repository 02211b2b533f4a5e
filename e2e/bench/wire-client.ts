import { connect, type Socket } from "node:net";
import { readWireAnswer, type WireAnswer } from "./wire-answer";

/** One kept-alive connection that asks for one thing after the other. */
export interface WireClient {
  /** Sends these bytes, one whole request, and reads all of the answer. @throws Error when the connection breaks */
  send(request: string): Promise<WireAnswer>;
  close(): void;
}

const NOTHING = Buffer.alloc(0);

interface Waiting {
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
      if (socket !== opened) return;
      socket = null;
      waiting?.reject(new Error("The server closed the connection"));
      waiting = null;
    });
    return opened;
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
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket ??= open();
        socket.write(request, "latin1");
      }),
    close() {
      const closing = socket;
      socket = null;
      closing?.destroy();
    },
  };
}
