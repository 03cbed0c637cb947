/**
 * The domain only passes a Blob on (a file that an engine is to read) and never looks inside. Declared here because the
 * domain is compiled without the DOM library; where that library is present, it wins.
 */
interface Blob {
  /** Bytes. */
  readonly size: number;
}
