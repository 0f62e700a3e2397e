.PHONY: help build test it demo format

help:
	@echo 'make build    all programs, nothing checked'
	@echo 'make test     the tests that run in process, about a minute'
	@echo 'make it       all tests, as ./verify'
	@echo 'make demo     the story in minutes'
	@echo 'make format   Java and poms, as the build wants them'

build:
	mvn -Pquick package

test:
	mvn test

it:
	./verify

demo:
	./rootstock demo

format:
	mvn -q spotless:apply
