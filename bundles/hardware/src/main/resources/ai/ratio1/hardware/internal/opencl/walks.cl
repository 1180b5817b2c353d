// Walks through a table; docs/reference/capability.md says them in words.

#define GOLDEN 0x9E3779B97F4A7C15UL
#define TABLE 2048

ulong mixed(ulong state) {
  state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
  state = (state ^ (state >> 27)) * 0x94D049BB133111EBUL;
  return state ^ (state >> 31);
}

kernel void begin(global const ulong *seeds, global const ulong *checkpoints, int segment,
                  int count, global ulong *walks) {
  size_t at = get_global_id(0);
  size_t group = at / count;
  ulong state = mixed(seeds[group] ^ mixed(checkpoints[group] + (ulong)(segment + 1) * GOLDEN));
  walks[at] = mixed(state + (ulong)(at % count + 1) * GOLDEN);
}

kernel void walk(global const ulong *table, global ulong *walks, int rounds) {
  local ulong near[TABLE];
  for (size_t i = get_local_id(0); i < TABLE; i += get_local_size(0)) {
    near[i] = table[i];
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  ulong at = walks[get_global_id(0)];
  for (int round = 0; round < rounds; round++) {
    at = (at ^ near[at & (TABLE - 1)]) * GOLDEN;
    at ^= at >> 32;
  }
  walks[get_global_id(0)] = at;
}

kernel void fold(global const ulong *walks, int count, global ulong *checkpoints) {
  size_t group = get_global_id(0);
  ulong folded = GOLDEN;
  for (size_t i = group * count; i < (group + 1) * count; i++) {
    folded = (folded ^ walks[i]) * GOLDEN;
    folded ^= folded >> 32;
  }
  checkpoints[group] = folded;
}
