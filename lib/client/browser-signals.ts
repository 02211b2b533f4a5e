import { parseTabMessage, type TabMessage } from "./tabs";
import type { Cancel, Signals } from "./world";

/** Another version, another name: tabs of two releases then leave each other alone. */
const CHANNEL = "latchkey.1";

let channel: BroadcastChannel | null = null;

/** To the other tabs. A document that does not listen itself tells all the same. */
export function tellTabs(message: TabMessage): void {
  const speaker = channel ?? openChannel();
  speaker?.postMessage(message);
  if (speaker !== channel) speaker?.close();
}

/**
 * Passes on what happens to the document and what other tabs tell, until cancelled. An open channel can keep a
 * document out of the back/forward cache, so it is closed while the document is off the screen.
 */
export function listenToDocument(signals: Signals): Cancel {
  const listeners = new AbortController();
  const { signal } = listeners;
  const attended = () => signals.attended();
  const connect = () => {
    channel ??= openChannel();
    if (channel !== null) channel.onmessage = ({ data }) => passOn(data, signals);
  };
  const disconnect = () => {
    channel?.close();
    channel = null;
  };

  window.addEventListener("online", attended, { signal });
  window.addEventListener("focus", attended, { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "visible") signals.attended();
    },
    { signal },
  );
  window.addEventListener(
    "pagehide",
    () => {
      signals.left();
      disconnect();
    },
    { signal },
  );
  window.addEventListener(
    "pageshow",
    ({ persisted }) => {
      connect();
      if (persisted) signals.restored();
      else signals.attended();
    },
    { signal },
  );

  connect();
  return () => {
    listeners.abort();
    disconnect();
  };
}

/** Null where there are no channels, or none for us; tabs then find out by the hint. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return null;
  }
}

function passOn(data: unknown, signals: Signals): void {
  const message = parseTabMessage(data);
  if (message !== null) signals.told(message);
}
