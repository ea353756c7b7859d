/** Answers each question once and remembers; for questions whose answer cannot change while the returned function lives. */
export function memo<Key, Answer>(answer: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, { readonly answer: Answer }>();
  return (key) => {
    let entry = known.get(key);
    if (entry === undefined) {
      entry = { answer: answer(key) };
      known.set(key, entry);
    }
    return entry.answer;
  };
}

/** The same for a question without key. */
export function once<Answer>(answer: () => Answer): () => Answer {
  const remembered = memo((_: undefined) => answer());
  return () => remembered(undefined);
}

/** The same for questions about objects, for as long as somebody has them. */
export function memoOn<Key extends object, Answer>(answer: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const entry = known.get(key) ?? { answer: answer(key) };
    known.set(key, entry);
    return entry.answer;
  };
}
