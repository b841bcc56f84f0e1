// @ts-nocheck -- this is AssemblyScript, with types and functions that Deno does not know
// deno-lint-ignore-file
// deno-fmt-ignore-file -- the formatter drops the decorators

/*
 * XXH64, after its specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 * A state is 72 bytes: four accumulators, the number of bytes so far, and those since the last whole 32 of them.
 */

const PRIME_1: u64 = 0x9e3779b185ebca87;
const PRIME_2: u64 = 0xc2b2ae3d27d4eb4f;
const PRIME_3: u64 = 0x165667b19e3779f9;
const PRIME_4: u64 = 0x85ebca77c2b2ae63;
const PRIME_5: u64 = 0x27d4eb2f165667c5;

const STRIPE: usize = 32;
const HASH_LENGTH: usize = 32;
const HASH_PENDING: usize = 40;
const HASH_BYTES: usize = 72;
const HASH_STATE: usize = memory.data(72, 64);

/** u64[MAX_PIECES]: the hashes of pieces. */
const PIECE_HASHES: usize = memory.data(32 * 8, 64);
const MAX_PIECES: u32 = 32;
/** u64[2]: what a link of a chain is made of. */
const LINK: usize = memory.data(16, 64);

/** A place for a state. */
export function hashState(): usize {
  return HASH_STATE;
}
export function hashStateBytes(): u32 {
  return <u32>HASH_BYTES;
}

@inline
function round(accumulator: u64, input: u64): u64 {
  return rotl<u64>(accumulator + input * PRIME_2, 31) * PRIME_1;
}

@inline
function mergeRound(hash: u64, accumulator: u64): u64 {
  return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
}

export function hashBegin(state: usize, seed: u64): void {
  store<u64>(state, seed + PRIME_1 + PRIME_2);
  store<u64>(state, seed + PRIME_2, 8);
  store<u64>(state, seed, 16);
  store<u64>(state, seed - PRIME_1, 24);
  store<u64>(state, 0, HASH_LENGTH);
}

export function hashUpdate(state: usize, from: usize, length: usize): void {
  const to = from + length;
  const pending = <usize>load<u64>(state, HASH_LENGTH) & (STRIPE - 1);
  store<u64>(state, load<u64>(state, HASH_LENGTH) + length, HASH_LENGTH);
  const missing = STRIPE - pending;
  if (length < missing) {
    memory.copy(state + HASH_PENDING + pending, from, length);
    return;
  }
  if (pending != 0) {
    memory.copy(state + HASH_PENDING + pending, from, missing);
    hashStripes(state, state + HASH_PENDING, state + HASH_PENDING + STRIPE);
    from += missing;
  }
  const whole = from + ((to - from) & ~(STRIPE - 1));
  hashStripes(state, from, whole);
  memory.copy(state + HASH_PENDING, whole, to - whole);
}

function hashStripes(state: usize, from: usize, to: usize): void {
  let a = load<u64>(state);
  let b = load<u64>(state, 8);
  let c = load<u64>(state, 16);
  let d = load<u64>(state, 24);
  for (let i = from; i < to; i += STRIPE) {
    a = round(a, load<u64>(i));
    b = round(b, load<u64>(i, 8));
    c = round(c, load<u64>(i, 16));
    d = round(d, load<u64>(i, 24));
  }
  store<u64>(state, a);
  store<u64>(state, b, 8);
  store<u64>(state, c, 16);
  store<u64>(state, d, 24);
}

/** The hash of all bytes so far. The state stays as it is. */
export function hashDigest(state: usize): u64 {
  const length = load<u64>(state, HASH_LENGTH);
  let hash = load<u64>(state, 16) + PRIME_5;
  if (length >= STRIPE) {
    const a = load<u64>(state);
    const b = load<u64>(state, 8);
    const c = load<u64>(state, 16);
    const d = load<u64>(state, 24);
    hash = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    hash = mergeRound(mergeRound(mergeRound(mergeRound(hash, a), b), c), d);
  }
  hash += length;
  let i = state + HASH_PENDING;
  const end = i + (<usize>length & (STRIPE - 1));
  for (; i + 8 <= end; i += 8) hash = rotl<u64>(hash ^ round(0, load<u64>(i)), 27) * PRIME_1 + PRIME_4;
  for (; i + 4 <= end; i += 4) hash = rotl<u64>(hash ^ (<u64>load<u32>(i) * PRIME_1), 23) * PRIME_2 + PRIME_3;
  for (; i < end; i++) hash = rotl<u64>(hash ^ (<u64>load<u8>(i) * PRIME_5), 11) * PRIME_1;
  hash = (hash ^ (hash >> 33)) * PRIME_2;
  hash = (hash ^ (hash >> 29)) * PRIME_3;
  return hash ^ (hash >> 32);
}

/** Where `hashPieces` leaves the hashes of the pieces. */
export function pieceHashes(): usize {
  return PIECE_HASHES;
}
export function maxPieces(): u32 {
  return MAX_PIECES;
}

/** Hashes pieces of the same length that follow each other, at most `maxPieces`; gives the chain's last link. */
export function hashPieces(from: usize, pieceBytes: usize, count: u32, chain: u64): u64 {
  for (let i: usize = 0; i < <usize>count; i++) {
    const hash = hashOf(from + i * pieceBytes, pieceBytes);
    store<u64>(PIECE_HASHES + (i << 3), hash);
    chain = chainHash(chain, hash);
  }
  return chain;
}

/** The next link of a chain of hashes. */
export function chainHash(chain: u64, hash: u64): u64 {
  store<u64>(LINK, chain);
  store<u64>(LINK, hash, 8);
  return hashOf(LINK, 16);
}

function hashOf(from: usize, length: usize): u64 {
  hashBegin(HASH_STATE, 0);
  hashUpdate(HASH_STATE, from, length);
  return hashDigest(HASH_STATE);
}
