/** An event that a listener can prevent, and whether one did. */
export function preventable<T extends object>(
  fields: T,
): { event: T & { preventDefault(): void }; prevented(): boolean } {
  let prevented = false;
  return {
    event: {
      ...fields,
      preventDefault: () => {
        prevented = true;
      },
    },
    prevented: () => prevented,
  };
}
