/*
 * A library with the interface of NVIDIA's NVML and no GPU behind it. r1_scenario() takes lines
 * "key=value" that say what its functions return; "N.key" concerns device N.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUCCESS 0
#define UNINITIALIZED 1
#define INVALID 2
#define DEVICES 128

static char scenario[4096];
static int initialised;
static int devices[DEVICES];

static const char *value(int device, const char *key) {
  char name[64];
  const char *line = scenario;
  if (device < 0) snprintf(name, sizeof name, "%s=", key);
  else snprintf(name, sizeof name, "%d.%s=", device, key);
  while (line && *line) {
    if (!strncmp(line, name, strlen(name))) return line + strlen(name);
    line = strchr(line, '\n');
    if (line) line++;
  }
  return NULL;
}

static long long number(int device, const char *key, long long otherwise) {
  const char *text = value(device, key);
  return text ? atoll(text) : otherwise;
}

static void copy(int device, const char *key, const char *otherwise, char *to, size_t size) {
  const char *text = value(device, key);
  size_t length = text ? strcspn(text, "\n") : strlen(otherwise);
  if (!text) text = otherwise;
  memset(to, 'x', size);
  /* "*" fills the whole array and ends with no NUL. */
  if (*text == '*') return;
  if (length >= size) length = size - 1;
  memcpy(to, text, length);
  to[length] = 0;
}

void r1_scenario(const char *text) {
  strncpy(scenario, text, sizeof scenario - 1);
  initialised = 0;
}

int r1_initialised(void) { return initialised; }

int nvmlInit_v2(void) {
  int result = (int)number(-1, "init", SUCCESS);
  sleep((unsigned)number(-1, "sleep", 0));
  if (result == SUCCESS) initialised = 1;
  return result;
}

int nvmlShutdown(void) {
  if (!initialised) return UNINITIALIZED;
  initialised = 0;
  return SUCCESS;
}

int nvmlSystemGetDriverVersion(char *version, unsigned size) {
  copy(-1, "driver", "550.54.15", version, size);
  return initialised ? SUCCESS : UNINITIALIZED;
}

#ifndef OLD
int nvmlSystemGetCudaDriverVersion_v2(int *version) {
  *version = (int)number(-1, "cuda", 12040);
  return initialised ? SUCCESS : UNINITIALIZED;
}

int nvmlDeviceGetCudaComputeCapability(int *device, int *major, int *minor) {
  *major = (int)number(*device, "major", 8);
  *minor = (int)number(*device, "minor", 0);
  return (int)number(*device, "capability", SUCCESS);
}
#endif

int nvmlDeviceGetCount_v2(unsigned *count) {
  *count = (unsigned)number(-1, "count", 0);
  return initialised ? (int)number(-1, "counting", SUCCESS) : UNINITIALIZED;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, int **device) {
  if (index >= DEVICES) return INVALID;
  devices[index] = (int)index;
  *device = &devices[index];
  return (int)number((int)index, "handle", SUCCESS);
}

struct pci {
  char legacy[16];
  unsigned domain, bus, device, id, subsystem;
  char address[32];
};

int nvmlDeviceGetPciInfo_v3(int *device, struct pci *pci) {
  copy(*device, "pci", "00000000:01:00.0", pci->address, sizeof pci->address);
  return (int)number(*device, "pciinfo", SUCCESS);
}

int nvmlDeviceGetName(int *device, char *name, unsigned size) {
  copy(*device, "name", "NVIDIA A100-SXM4-80GB", name, size);
  return (int)number(*device, "naming", SUCCESS);
}

int nvmlDeviceGetUUID(int *device, char *uuid, unsigned size) {
  copy(*device, "uuid", "GPU-11111111-2222-3333-4444-555555555555", uuid, size);
  return SUCCESS;
}

int nvmlDeviceGetMemoryInfo(int *device, unsigned long long *memory) {
  memory[0] = (unsigned long long)number(*device, "memory", 85899345920LL);
  memory[1] = memory[0];
  memory[2] = 0;
  return (int)number(*device, "remembering", SUCCESS);
}

int nvmlDeviceGetUtilizationRates(int *device, unsigned *rates) {
  rates[0] = (unsigned)number(*device, "busy", 7);
  rates[1] = 3;
  return (int)number(*device, "utilisation", SUCCESS);
}

int nvmlDeviceGetTemperature(int *device, int sensor, unsigned *celsius) {
  *celsius = (unsigned)number(*device, "celsius", 41);
  return sensor == 0 ? SUCCESS : INVALID;
}

int nvmlDeviceGetPowerUsage(int *device, unsigned *milliwatts) {
  *milliwatts = (unsigned)number(*device, "power", 65000);
  return (int)number(*device, "powering", SUCCESS);
}
