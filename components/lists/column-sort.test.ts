import { describe, expect, it } from "vitest";
import { columnSort } from "@/components/lists/column-sort";

type Sort = "name" | "-name" | "created_at" | "-created_at";

function press(current: Sort, first: Sort): Sort {
  let chosen: Sort = current;
  columnSort(current, first, (sort) => {
    chosen = sort;
  }).onSort();
  return chosen;
}

describe("a column's head", () => {
  it("orders by its column at the first press, the way that is wanted first", () => {
    expect(press("name", "-created_at")).toBe("-created_at");
    expect(press("-created_at", "name")).toBe("name");
  });

  it("turns the order round with each further press", () => {
    expect(press("name", "name")).toBe("-name");
    expect(press("-name", "name")).toBe("name");
    expect(press("-created_at", "-created_at")).toBe("created_at");
    expect(press("created_at", "-created_at")).toBe("-created_at");
  });

  it("says which way the rows are ordered by its column, if they are", () => {
    const direction = (current: Sort, first: Sort) => columnSort(current, first, () => {}).direction;
    expect(direction("created_at", "-created_at")).toBe("ascending");
    expect(direction("-created_at", "-created_at")).toBe("descending");
    expect(direction("name", "-created_at")).toBeUndefined();
  });
});
