/**
 * The instructions that take nothing but what is on the stack, by their names in the specification
 * (https://webassembly.github.io/spec/core/binary/instructions.html). Those with operands of their own are methods of `FunctionBuilder`.
 */
const plain = {
  "unreachable": [0x00], "return": [0x0f], "drop": [0x1a], "select": [0x1b],

  "i32.eqz": [0x45], "i32.eq": [0x46], "i32.ne": [0x47], "i32.lt_s": [0x48], "i32.lt_u": [0x49], "i32.gt_s": [0x4a],
  "i32.gt_u": [0x4b], "i32.le_s": [0x4c], "i32.le_u": [0x4d], "i32.ge_s": [0x4e], "i32.ge_u": [0x4f],
  "i32.add": [0x6a], "i32.sub": [0x6b], "i32.mul": [0x6c], "i32.div_s": [0x6d], "i32.div_u": [0x6e], "i32.rem_s": [0x6f], "i32.rem_u": [0x70],
  "i32.and": [0x71], "i32.or": [0x72], "i32.xor": [0x73], "i32.shl": [0x74], "i32.shr_s": [0x75], "i32.shr_u": [0x76],

  "i64.eqz": [0x50], "i64.eq": [0x51], "i64.ne": [0x52], "i64.lt_s": [0x53], "i64.lt_u": [0x54], "i64.gt_s": [0x55], "i64.gt_u": [0x56],
  "i64.le_s": [0x57], "i64.le_u": [0x58], "i64.ge_s": [0x59], "i64.ge_u": [0x5a],
  "i64.add": [0x7c], "i64.sub": [0x7d], "i64.mul": [0x7e], "i64.and": [0x83], "i64.or": [0x84], "i64.xor": [0x85],
  "i64.shl": [0x86], "i64.shr_s": [0x87], "i64.shr_u": [0x88],

  "f64.eq": [0x61], "f64.ne": [0x62], "f64.lt": [0x63], "f64.gt": [0x64], "f64.le": [0x65], "f64.ge": [0x66],
  "f64.abs": [0x99], "f64.neg": [0x9a], "f64.ceil": [0x9b], "f64.floor": [0x9c], "f64.trunc": [0x9d], "f64.nearest": [0x9e], "f64.sqrt": [0x9f],
  "f64.add": [0xa0], "f64.sub": [0xa1], "f64.mul": [0xa2], "f64.div": [0xa3], "f64.min": [0xa4], "f64.max": [0xa5], "f64.copysign": [0xa6],

  "i32.wrap_i64": [0xa7], "i64.extend_i32_s": [0xac], "i64.extend_i32_u": [0xad], "f32.demote_f64": [0xb6], "f64.convert_i32_s": [0xb7],
  "f64.convert_i32_u": [0xb8], "f64.convert_i64_s": [0xb9], "f64.promote_f32": [0xbb], "i64.reinterpret_f64": [0xbd], "f64.reinterpret_i64": [0xbf],
  "i32.trunc_sat_f64_s": [0xfc, 0x02], "i64.trunc_sat_f64_s": [0xfc, 0x06],

  "memory.size": [0x3f, 0x00], "memory.grow": [0x40, 0x00], "memory.copy": [0xfc, 0x0a, 0x00, 0x00], "memory.fill": [0xfc, 0x0b, 0x00],

  "i8x16.swizzle": simd(0x0e), "i32x4.splat": simd(0x11), "i64x2.splat": simd(0x12), "f64x2.splat": simd(0x14),
  "f64x2.eq": simd(0x47), "f64x2.ne": simd(0x48), "f64x2.lt": simd(0x49), "f64x2.gt": simd(0x4a), "f64x2.le": simd(0x4b), "f64x2.ge": simd(0x4c),
  "v128.not": simd(0x4d), "v128.and": simd(0x4e), "v128.andnot": simd(0x4f), "v128.or": simd(0x50), "v128.xor": simd(0x51),
  "v128.bitselect": simd(0x52), "v128.any_true": simd(0x53),
  "f64x2.ceil": simd(0x74), "f64x2.floor": simd(0x75), "f64x2.trunc": simd(0x7a), "f64x2.nearest": simd(0x94),
  "i32x4.eq": simd(0x37), "i32x4.lt_s": simd(0x39), "i32x4.gt_s": simd(0x3b), "i32x4.all_true": simd(0xa3), "i32x4.bitmask": simd(0xa4),
  "i32x4.shl": simd(0xab), "i32x4.shr_s": simd(0xac), "i32x4.shr_u": simd(0xad), "i32x4.add": simd(0xae), "i32x4.sub": simd(0xb1),
  "i32x4.mul": simd(0xb5), "i32x4.min_s": simd(0xb6), "i32x4.max_s": simd(0xb8),
  "i64x2.abs": simd(0xc0), "i64x2.neg": simd(0xc1), "i64x2.all_true": simd(0xc3), "i64x2.bitmask": simd(0xc4),
  "i64x2.extend_low_i32x4_s": simd(0xc7), "i64x2.extend_high_i32x4_s": simd(0xc8), "i64x2.extend_low_i32x4_u": simd(0xc9),
  "i64x2.shl": simd(0xcb), "i64x2.shr_s": simd(0xcc), "i64x2.shr_u": simd(0xcd), "i64x2.add": simd(0xce), "i64x2.sub": simd(0xd1),
  "i64x2.mul": simd(0xd5), "i64x2.eq": simd(0xd6), "i64x2.ne": simd(0xd7), "i64x2.lt_s": simd(0xd8), "i64x2.gt_s": simd(0xd9),
  "i64x2.le_s": simd(0xda), "i64x2.ge_s": simd(0xdb),
  "f64x2.abs": simd(0xec), "f64x2.neg": simd(0xed), "f64x2.sqrt": simd(0xef), "f64x2.add": simd(0xf0), "f64x2.sub": simd(0xf1),
  "f64x2.mul": simd(0xf2), "f64x2.div": simd(0xf3), "f64x2.min": simd(0xf4), "f64x2.max": simd(0xf5), "f64x2.pmin": simd(0xf6), "f64x2.pmax": simd(0xf7),
  "i32x4.trunc_sat_f64x2_s_zero": simd(0xfc), "f64x2.convert_low_i32x4_s": simd(0xfe), "f64x2.convert_low_i32x4_u": simd(0xff),
  "f32x4.demote_f64x2_zero": simd(0x5e), "f64x2.promote_low_f32x4": simd(0x5f),
} satisfies Record<string, readonly number[]>;

/** Loads and stores, with the power of two they are aligned to. */
const memory = {
  "i32.load": { bytes: [0x28], alignment: 2 }, "i64.load": { bytes: [0x29], alignment: 3 }, "f64.load": { bytes: [0x2b], alignment: 3 },
  "i32.store": { bytes: [0x36], alignment: 2 }, "i64.store": { bytes: [0x37], alignment: 3 }, "f64.store": { bytes: [0x39], alignment: 3 },
  // A vector may begin at any f64.
  "v128.load": { bytes: simd(0x00), alignment: 3 }, "v128.store": { bytes: simd(0x0b), alignment: 3 },
  "v128.load64_splat": { bytes: simd(0x0a), alignment: 3 }, "v128.load64_zero": { bytes: simd(0x5d), alignment: 3 },
} satisfies Record<string, { bytes: readonly number[]; alignment: number }>;

/** Instructions with the number of a lane. */
const lane = {
  "i32x4.extract_lane": simd(0x1b), "i32x4.replace_lane": simd(0x1c), "i64x2.extract_lane": simd(0x1d), "i64x2.replace_lane": simd(0x1e),
  "f64x2.extract_lane": simd(0x21), "f64x2.replace_lane": simd(0x22),
} satisfies Record<string, readonly number[]>;

/** Instructions that move one lane between a vector and memory. */
const laneMemory = { "v128.load64_lane": simd(0x57), "v128.store64_lane": simd(0x5b) } satisfies Record<string, readonly number[]>;

export const opcodes = { plain, memory, lane, laneMemory } as const;
export type PlainOpcode = keyof typeof plain;
export type MemoryOpcode = keyof typeof memory;
export type LaneOpcode = keyof typeof lane;
export type LaneMemoryOpcode = keyof typeof laneMemory;

/** SIMD instructions stand behind a prefix, their number in LEB128. */
function simd(code: number): readonly number[] {
  return code < 0x80 ? [0xfd, code] : [0xfd, (code & 0x7f) | 0x80, code >> 7];
}
