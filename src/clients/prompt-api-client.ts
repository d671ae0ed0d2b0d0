/**
 * The browser's own model as a client like any other. The Prompt API exists in windows only, so this
 * one lives in the page, behind the same port as a worker's model.
 */
import * as Comlink from 'comlink';
import type { Engine, ModelHost } from '../../workers/model-host';
import type {
  LoadProgress,
  ModelDescription,
  ModelOutcome,
  ModelSource,
  SelfTest,
  StoredModel,
} from '../../workers/model-protocol';

export class PromptApiClient {
  #host: Promise<ModelHost> | undefined;

  async download(): Promise<ModelOutcome<StoredModel>> {
    // The browser keeps its model itself and fetches it while loading.
    return { ok: true, value: { bytes: 0, complete: true } };
  }

  async load(
    source: ModelSource,
    report: (progress: LoadProgress) => void,
  ): Promise<ModelOutcome<ModelDescription>> {
    return (await this.#started()).load(source, report);
  }

  async cancel(): Promise<void> {
    await (await this.#host)?.cancel();
  }

  async connect(port: MessagePort): Promise<void> {
    Comlink.expose((await this.#started()).calls(), port);
  }

  async selfTest(report: (share: number) => void): Promise<ModelOutcome<SelfTest>> {
    return (await this.#started()).selfTest(report);
  }

  async unload(): Promise<void> {
    await (await this.#host)?.unload();
    this.#host = undefined;
  }

  dispose(): void {
    void this.unload();
  }

  #started(): Promise<ModelHost> {
    return (this.#host ??= (async () => {
      const [{ ModelHost }, { selfTest }, { promptApiModel }] = await Promise.all([
        import('../../workers/model-host'),
        import('../../workers/self-test'),
        import('../engines/prompt-api'),
      ]);
      const engine = async (): Promise<Engine> => ({
        load: (_, report, signal) => promptApiModel({ report, signal }),
      });
      return new ModelHost(
        { webllm: engine, wllama: engine, openai: engine, 'prompt-api': engine },
        selfTest,
      );
    })());
  }
}
