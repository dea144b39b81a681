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

/** The design of an id in what the storage holds, its steps taken into its text. Stands alone, so that it can be handed to the page. */
export function assembled({ designs, steps = {}, notes }, id = notes.last) {
  const design = JSON.parse(designs[id]);
  const nodes = new Map(design.nodes.map((node) => [node.id, node]));
  const prefix = `${id}/${String(notes[`text/${id}`] ?? 0).padStart(8, "0")}/`;
  const behind = Object.keys(steps).filter((key) => key.startsWith(prefix)).sort();
  for (const [at, key] of behind.entries()) {
    if (Number(key.slice(prefix.length)) !== at + 1) throw new Error(`${key} stands where step ${at + 1} should`);
    const step = JSON.parse(steps[key]);
    for (const gone of step.gone ?? []) nodes.delete(gone);
    for (const node of step.nodes ?? []) nodes.set(node.id, node);
    for (const field of ["title", "assertions", "template"]) if (field in step) design[field] = step[field];
  }
  design.nodes = [...nodes.values()].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  if (design.assertions?.length === 0) delete design.assertions;
  if (design.template === null) delete design.template;
  return design;
}

/** The design that was saved last, as a file of it would read. */
export async function reopened(page) {
  return assembled(await storage(page));
}

/** Changes the database past the page: puts a value under a key of a store, or, without a key, empties the store. */
export function tamper(page, store, key, value) {
  return page.evaluate(async ([name, key, value]) => {
    const answer = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));
    const database = await answer(indexedDB.open("groundplan"));
    const store = database.transaction(name, "readwrite").objectStore(name);
    await answer(key === undefined ? store.clear() : store.put(value, key));
    database.close();
  }, [store, key, value]);
}
