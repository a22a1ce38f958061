/**
 * Solves A x = b for a symmetric positive definite A (row-major, size x size, its lower half is read and overwritten) by Cholesky's
 * factors L L' (Golub and Van Loan 2013, section 4.2). Null where A is not positive definite.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array | null {
  const size = b.length;
  for (let column = 0; column < size; column += 1) {
    let diagonal = a[column * size + column] as number;
    for (let k = 0; k < column; k += 1) diagonal -= (a[column * size + k] as number) ** 2;
    if (!(diagonal > 0)) return null;
    const root = Math.sqrt(diagonal);
    a[column * size + column] = root;
    for (let row = column + 1; row < size; row += 1) {
      let sum = a[row * size + column] as number;
      for (let k = 0; k < column; k += 1) sum -= (a[row * size + k] as number) * (a[column * size + k] as number);
      a[row * size + column] = sum / root;
    }
  }
  const x = Float64Array.from(b);
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] as number;
    for (let k = 0; k < row; k += 1) sum -= (a[row * size + k] as number) * (x[k] as number);
    x[row] = sum / (a[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] as number;
    for (let k = row + 1; k < size; k += 1) sum -= (a[k * size + row] as number) * (x[k] as number);
    x[row] = sum / (a[row * size + row] as number);
  }
  return x;
}
