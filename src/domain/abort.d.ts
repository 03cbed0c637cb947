/**
 * The one platform type that the domain knows: cancellation is a parameter. Declared here because the domain is
 * compiled without the DOM library, where `document` must be an error; where that library is present, it wins.
 */
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}
