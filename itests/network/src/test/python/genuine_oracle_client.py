"""Asks oracles of ours with the tools of the genuine SDK, and checks what they sign with its rules.

Usage: genuine_oracle_client.py FOLDER URL...

FOLDER receives the SDK's cache and key. The SDK's own oracle tester sends the requests and judges
the claims; the SDK's own signature check judges the envelopes. Nothing of ours is used. The last
line is a JSON object of what was checked; the exit status is 1 when something was wrong.
"""

import json
import os
import sys

FOLDER, URLS = sys.argv[1], sys.argv[2:]
os.makedirs(FOLDER, exist_ok=True)
os.environ["EE_EVM_NET"] = "devnet"
os.environ["HOME"] = FOLDER
os.chdir(FOLDER)

import requests  # noqa: E402
from eth_account import Account  # noqa: E402
from eth_account.messages import encode_defunct  # noqa: E402
from ratio1 import Logger  # noqa: E402
from ratio1.bc import DefaultBlockEngine  # noqa: E402
from ratio1.utils.oracle_sync.oracle_tester import OracleTester  # noqa: E402

MOST_AT_ONCE = 100


class Tester(OracleTester):
    """The genuine tester, pointed at one of our oracles."""

    def __init__(self, url, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = url

    def get_base_url(self, network=None):
        return self.url

    def P(self, msg, **kwargs):
        print(msg, file=sys.stderr)


def check(condition, what):
    if not condition:
        sys.exit("wrong: %s" % (what,))


def check_envelope(engine, url, response):
    result = response["result"]
    verdict = engine.verify(dict(result), verify_allowed=False)
    check(verdict.valid, "%s: signature: %s" % (url, verdict.message))
    tampered = dict(result, server_current_epoch=result["server_current_epoch"] + 1)
    check(not engine.verify(tampered, verify_allowed=False).valid, "this check sees nothing")
    check(result["EE_SENDER"] == response["server_node_addr"], "%s: another signer" % url)
    own = engine.node_address_to_eth_address(result["EE_SENDER"])
    check(own == response["ee_node_eth_address"], "%s: another EVM address" % url)
    return result


def check_claim(engine, claim, oracle):
    check("error" not in claim, claim.get("error"))
    types = claim["eth_signed_data"]["input"]
    values = [
        claim["node_eth_address"],
        claim["from_epoch"],
        claim["to_epoch"],
        claim["packed_availabilities"],
    ]
    digest = engine.eth_hash_message(types, values, as_hex=False)
    for signature, address in zip(claim["eth_signatures"], claim["eth_addresses"]):
        signer = Account.recover_message(encode_defunct(primitive=digest), signature=signature)
        check(signer == address == oracle, "a claim signed by %s, not %s" % (signer, oracle))
    check(len(claim["epochs"]) == claim["to_epoch"] - claim["from_epoch"] + 1, "epochs missing")


def gather(engine, log, url):
    tester = Tester(url, engine, log, max_requests_rounds=1, interval_seconds=0)
    nodes = tester.get_active_nodes()
    check(nodes, "%s: no active nodes" % url)
    synced = requests.get(url + "/current_epoch", timeout=10).json()["result"]
    last = synced["server_last_synced_epoch"]
    check(tester.get_current_epoch() >= last > 0, "%s: epochs" % url)
    responses, stats = tester.gather(
        nodes, request_kwargs={"start_epoch": 1, "end_epoch": last}, rounds=1
    )
    check(len(responses) == len(nodes), "%s: %d answers" % (url, len(responses)))
    for response in responses:
        result = check_envelope(engine, url, response)
        check_claim(engine, result, response["ee_node_eth_address"])
    for node in stats.values():
        for data in node["oracle_data"].values():
            check(not data["errors"], data["errors"])
    return last, {r["result"]["node_eth_address"]: r["result"]["epochs_vals"] for r in responses}


def main():
    log = Logger("CLIENT", base_folder=FOLDER, app_folder="_cache", silent=True)
    engine = DefaultBlockEngine(log=log, name="client", config={})
    tables = {}
    claims = 0
    for url in URLS:
        last, table = gather(engine, log, url)
        tables[url] = table
        claims += len(table)
        request = {"dct_eth_nodes_request": {n: [1, last] for n in list(table)[:MOST_AT_ONCE]}}
        many = requests.post(url + "/multi_node_epochs_range", json=request, timeout=10).json()
        result = check_envelope(engine, url, many)
        for node in request["dct_eth_nodes_request"]:
            check_claim(engine, result[node], many["ee_node_eth_address"])
            check(result[node]["epochs_vals"] == table[node], "%s: %s differs" % (url, node))
            claims += 1
    # Whoever is asked: the bytes of an epoch are the same.
    for url, table in tables.items():
        for node, values in table.items():
            for other in tables.values():
                shorter = min(len(values), len(other.get(node, values)))
                check(
                    values[:shorter] == other.get(node, values)[:shorter],
                    "%s has other bytes for %s" % (url, node),
                )
    print(json.dumps({"oracles": len(URLS), "claims": claims}))


main()
