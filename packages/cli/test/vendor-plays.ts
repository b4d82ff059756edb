/** What a test has any vendor of batches do. */
export interface VendorPlays {
  /** Before a batch is made; true: the submission is lost, and not even answered. */
  submitting?: (() => boolean) | undefined;
  /** A batch is made, and its maker not yet told; true: nor is it ever. */
  submitted?: (() => boolean) | undefined;
  /** A batch is looked at. */
  looking?: (() => void) | undefined;
  /** The status with which a file is not removed. */
  kept?: number | undefined;
  /** Before results are sent. */
  sending?: (() => void) | undefined;
  /** What is sent for a file of results. @default as it is */
  file?: ((text: string) => string) | undefined;
  /** A batch is to be cancelled; true: that is refused with 409. */
  uncancelled?: ((id: string) => boolean) | undefined;
  /** How often a batch is looked at before it has ended. */
  looks: number;
  /** How many batches a page of the list has. @default 100 */
  page?: number;
  /** Whatever page is asked for, the first one is sent. */
  stuck?: boolean;
  /** Every page of the list says that there are more, also one that holds nothing. */
  more?: boolean;
  /** Batches stand in the list without their ids. */
  unnamed?: boolean;
}
