/** A series that is hard to add up in floating point, and its exact sum. */
export interface NumaccSet {
  name: string;
  values: string[];
  sum: string;
}

/**
 * The series NumAcc1 to NumAcc4 of NIST's Statistical Reference Datasets (univariate summary statistics), made from
 * their definitions: a first value, then two others in turn. Their certified means, 10,000,002, 1.2, 1,000,000.2 and
 * 10,000,000.2, are exact, so the sums are those times the number of values.
 */
export function numaccSets(): NumaccSet[] {
  const alternating = (first: string, low: string, high: string) => [
    first,
    ...Array.from({ length: 1000 }, (_, i) => i % 2 === 0 ? low : high),
  ];
  return [
    { name: "NumAcc1", values: ["10000001", "10000003", "10000002"], sum: "30000006" },
    { name: "NumAcc2", values: alternating("1.2", "1.1", "1.3"), sum: "1201.2" },
    { name: "NumAcc3", values: alternating("1000000.2", "1000000.1", "1000000.3"), sum: "1001000200.2" },
    { name: "NumAcc4", values: alternating("10000000.2", "10000000.1", "10000000.3"), sum: "10010000200.2" },
  ];
}
