// The browser's storage, read past the page: what the database holds, and the design that it would give back.

/** Everything in the browser's storage, by store and key. */
export function storage(page) {
  return page.evaluate(async () => {
    const answer = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
    const database = await answer(indexedDB.open("groundplan"));
    const all = {};
    const names = [...database.objectStoreNames];
    // One transaction, so that nothing changes between two stores.
    const transaction = names.length > 0 && database.transaction(names);
    for (const name of names) {
      const store = transaction.objectStore(name);
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      all[name] = Object.fromEntries(keys.map((key, at) => [key, values[at]]));
    }
    database.close();
    return all;
  });
}

/** The design that was saved last, as a file of it would read. */
export async function reopened(page) {
  const { designs, notes } = await storage(page);
  return JSON.parse(designs[notes.last]);
}
