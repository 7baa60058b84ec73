/** A typed client over any transport: Electron's MessagePort, HTTP, or a direct call in a test. */
import type { CallName, Calls, EventName, Events, Reply } from './api.ts';

/** How a call reaches the engine. It resolves with a reply and rejects only on a bug. */
export interface Transport {
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Returns a function that ends the subscription. */
  on(listener: (name: string, payload: unknown) => void): () => void;
}

export interface Client {
  call<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Reply<Calls[N]['output']>>;
  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void;
}

/** Types a transport by the contract. Validation is dispatch's work, on the engine's side. */
export function createClient(transport: Transport): Client {
  return {
    call: (name, input) => transport.call(name, input) as ReturnType<Client['call']> as never,
    on: (name, listener) =>
      transport.on((received, payload) => {
        if (received === name) listener(payload as Events[typeof name]);
      }),
  };
}
