import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, BudgetExceededError } from './budget';

/** Reserves until it is refused. */
function exhaust(budget: Budget, most = 10_000): number {
  for (let count = 0; count < most; count++) {
    try {
      budget.reserveExecution();
    } catch (error) {
      expect(error).toBeInstanceOf(BudgetExceededError);
      return count;
    }
  }
  return most;
}

describe('a budget', () => {
  it('counts the share of the system that was executed, exactly', () => {
    const budget = new Budget(10, 5);
    for (let i = 0; i < 5; i++) budget.reserveExecution();
    expect(budget.spent.systemRuns).toBe(1);
    expect(budget.left).toBe(9);
    for (let i = 0; i < 10; i++) budget.reserveExecution();
    expect(budget.spent.systemRuns).toBe(3);
  });

  it('lets exactly limit × components steps pass', () => {
    expect(exhaust(new Budget(1, 5))).toBe(5);
    expect(exhaust(new Budget(7, 3))).toBe(21);
    expect(exhaust(new Budget(0.5, 3))).toBe(1);
  });

  it('never passes its limit, and a refused step costs nothing', () => {
    const limit = fc.double({ min: 0.01, max: 40, noNaN: true });
    fc.assert(
      fc.property(limit, fc.integer({ min: 1, max: 12 }), (most, components) => {
        const budget = new Budget(most, components);
        exhaust(budget);
        const { systemRuns } = budget.spent;
        expect(systemRuns).toBeLessThanOrEqual(most);
        expect(systemRuns).toBeGreaterThan(most - 1 / components - 1e-9);
        expect(() => budget.reserveExecution()).toThrow(BudgetExceededError);
        expect(budget.spent.systemRuns).toBe(systemRuns);
      }),
    );
  });

  it('only counts when it has no limit', () => {
    const budget = new Budget(Infinity, 2);
    expect(exhaust(budget, 1000)).toBe(1000);
    expect(budget.left).toBe(Infinity);
  });

  it('keeps calls, tokens and cache hits apart', () => {
    const budget = new Budget(1, 1);
    budget.addCalls(2, 30);
    budget.addCalls(1, 5);
    budget.addCacheHits(4);
    expect(budget.spent).toEqual({ systemRuns: 0, modelCalls: 3, cacheHits: 4, tokens: 35 });
  });

  it('must be positive', () => {
    for (const limit of [0, -1, NaN]) expect(() => new Budget(limit, 5)).toThrow(RangeError);
  });
});
