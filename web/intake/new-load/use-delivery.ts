import { useCallback, useRef, useState } from "react";
import { uploadFile } from "../../../server/customers/intake/contract.ts";
import { upload } from "../../ui/upload.ts";
import { type Sniffed, sniffFile } from "./sniff-file.ts";

export interface DeliveredFile {
  readonly id: string;
  readonly file: File;
  readonly sniffed: Sniffed | null;
  readonly sentBytes: number;
  /** Set when the server has it whole. */
  readonly uploadId: string | null;
  readonly error: unknown;
}

export interface Delivery {
  readonly files: readonly DeliveredFile[];
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: string) => void;
  readonly retry: (id: string) => void;
  /** All are with the server. */
  readonly ready: boolean;
}

/** The files of one delivery: looked into here, and sent one after the other as soon as they are chosen. */
export function useDelivery(): Delivery {
  const [files, setFiles] = useState<readonly DeliveredFile[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const queue = useRef(Promise.resolve());
  const change = useCallback((id: string, part: Partial<DeliveredFile>) => {
    setFiles((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)));
  }, []);
  const send = useCallback(
    (id: string, file: File) => {
      const stop = new AbortController();
      stops.current.set(id, stop);
      // One at a time: two streams over one line only make both slow.
      queue.current = queue.current.then(async () => {
        if (stop.signal.aborted) return;
        change(id, { error: null, sentBytes: 0 });
        const onProgress = (sentBytes: number) => change(id, { sentBytes });
        await upload(uploadFile, { query: { name: file.name } }, file, { onProgress, signal: stop.signal }).then(
          ({ uploadId }) => change(id, { uploadId, sentBytes: file.size }),
          (error: unknown) => change(id, { error }),
        );
      });
    },
    [change],
  );
  const add = useCallback(
    (chosen: readonly File[]) => {
      const fresh = chosen.map((file) => ({ id: crypto.randomUUID(), file, sniffed: null, sentBytes: 0, uploadId: null, error: null }));
      // The same name again is the same file, corrected.
      setFiles((before) => [...before.filter((one) => !chosen.some((file) => file.name === one.file.name)), ...fresh]);
      for (const { id, file } of fresh) {
        void sniffFile(file).then(
          (sniffed) => change(id, { sniffed }),
          () => undefined, // a damaged archive: the server says so in its own words
        );
        send(id, file);
      }
    },
    [change, send],
  );
  const remove = useCallback((id: string) => {
    stops.current.get(id)?.abort();
    setFiles((before) => before.filter((one) => one.id !== id));
  }, []);
  const retry = useCallback(
    (id: string) => {
      const found = files.find((one) => one.id === id);
      if (found) send(id, found.file);
    },
    [files, send],
  );
  return { files, add, remove, retry, ready: files.length > 0 && files.every((one) => one.uploadId !== null) };
}
