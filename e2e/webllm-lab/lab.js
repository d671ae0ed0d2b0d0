/** The page of the lab: a worker with one model at a time, called by name. */
let worker;
let jobs = 0;

globalThis.lab = {
  /** A fresh worker, as after a crash. */
  start() {
    worker?.terminate();
    worker = new Worker(new URL('./lab.worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('error', (event) => console.error('worker:', event.message));
  },

  /**
   * @returns what `lab.worker.js` answers: a value or a failure, with what was reported on the way
   * and when
   */
  call(method, ...given) {
    if (!worker) globalThis.lab.start();
    const job = ++jobs;
    return new Promise((resolve) => {
      const hear = ({ data }) => {
        if (data.job !== job) return;
        worker.removeEventListener('message', hear);
        resolve(data);
      };
      worker.addEventListener('message', hear);
      worker.postMessage({ job, method, given });
    });
  },
};
