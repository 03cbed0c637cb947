/** What the page and the worker that writes parts say to each other. Each order gets one reply with its number. */
export type PartOrder =
  | { readonly kind: 'open'; readonly file: number; readonly directory: string; readonly path: string }
  | { readonly kind: 'append'; readonly file: number; readonly piece: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'restart' | 'digest' | 'close'; readonly file: number };

export interface PartRequest {
  readonly number: number;
  readonly order: PartOrder;
}

export type PartReply =
  /** `value`: bytes that are there for `open`, hex for `digest`, else nothing. */
  | { readonly number: number; readonly ok: true; readonly value: number | string | null }
  | { readonly number: number; readonly ok: false; readonly name: string; readonly message: string };
