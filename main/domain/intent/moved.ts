/** One time of a recurring intent that was moved by itself: it comes at `toAt`, and not at `nominalAt`, which is a time of its trigger. */
export interface MovedTime {
  readonly nominalAt: string;
  readonly toAt: string;
}
