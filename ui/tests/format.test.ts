import { expect, test } from "vitest";
import { duration, percent, size } from "../src/format";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [10.4 * 1024 ** 2, "10 MiB"],
  [1023.6 * 1024 ** 2, "1 GiB"],
  [2_254_857_830, "2.1 GiB"],
  [5 * 1024 ** 5, "5,120 TiB"],
  [-1, "0 B"],
])("%d bytes are %s", (bytes, text) => expect(size(bytes)).toBe(text));

test.each([
  [0, "0 %"],
  [9.96, "10 %"],
  [3.14, "3.1 %"],
  [23.14, "23 %"],
  [412.6, "413 %"],
])("%d percent is %s", (value, text) => expect(percent(value)).toBe(text));

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_600_000, "1 h 0 min"],
  [86_400_000 * 3 + 3_600_000 * 4, "3 d 4 h"],
  [-5, "0 s"],
])("%d ms are %s", (ms, text) => expect(duration(ms)).toBe(text));
