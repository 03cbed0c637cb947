/** What is told before a download starts: "2.4 GB, about 14 min, 3.1 GB free afterwards". */
export interface Estimate {
  /** Still to be fetched; null where the source does not tell. */
  readonly bytes: number | null;
  /** Null where the speed is not known. */
  readonly seconds: number | null;
  /** Bytes of this site's share of the disk that stay free; negative: so many are missing. Null: not known. */
  readonly freeAfter: number | null;
}

export interface Room {
  /** Bytes that the browser lets this site keep, and that it keeps now; null where the browser does not tell. */
  readonly quota: number | null;
  readonly usage: number | null;
}

export function estimateDownload(missingBytes: number | null, room: Room, bytesPerSecond: number | null): Estimate {
  const { quota, usage } = room;
  return {
    bytes: missingBytes,
    seconds:
      missingBytes === null || bytesPerSecond === null || bytesPerSecond <= 0 ? null : missingBytes / bytesPerSecond,
    freeAfter: missingBytes === null || quota === null || usage === null ? null : quota - usage - missingBytes,
  };
}
