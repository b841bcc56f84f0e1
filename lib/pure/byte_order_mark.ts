const BYTE_ORDER_MARK = [0xEF, 0xBB, 0xBF];

/** Bytes of the UTF-8 byte order mark that `bytes` begin with: 3, or 0 where there is none. */
export function lengthOfByteOrderMark(bytes: Uint8Array): number {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
}
