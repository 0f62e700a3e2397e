.PHONY: help build test it demo format bench-save bench-generate

help:
	@echo 'make build    all programs, nothing checked'
	@echo 'make test     the tests that run in process, about a minute'
	@echo 'make it       all tests, as ./verify'
	@echo 'make demo     the story in minutes'
	@echo 'make bench-save  how long a training of 97 M parameters stands still for a checkpoint (6 GB, minutes)'
	@echo 'make bench-generate PYTHON=...  greedy texts beside transformers, 1 and 8 at once'
	@echo 'make format   Java and poms, as the build wants them'

build:
	mvn -Pquick package

test:
	mvn test

it:
	./verify

demo:
	./rootstock demo

SHAPE = 12 768 16384 4096 2

bench-save:
	mvn -q test-compile -pl training -am
	java @training/jvm.options -Xmx2g -cp "training/target/test-classes:training/target/classes:$$(cat training/target/program.classpath)" \
	  dev.rootstock.training.SaveStall $(SHAPE)

WRITE ?= 6 384 8192 128 5 2 1 8
bench-generate:
	mvn -q test-compile -pl training -am
	java @training/jvm.options -Xmx1g -cp "training/target/test-classes:training/target/classes:$$(cat training/target/program.classpath)" \
	  dev.rootstock.training.WritingSpeed $(PYTHON) infra/bench/peer_generate.py $(WRITE)

format:
	mvn -q spotless:apply
