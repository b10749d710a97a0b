package main

import (
	"strings"
	"testing"
)

// TestCommandsMade: only those commands are made that a command line may be for, and each
// one's name is the one by which it is found.
func TestCommandsMade(t *testing.T) {
	made := func(args ...string) (names []string) {
		for _, c := range (&Main{}).rootCommand(args).Commands() {
			names = append(names, c.Name())
		}
		return names
	}
	all := made("help")
	if len(all) < 20 {
		t.Fatalf("there are only %v", all)
	}
	for _, name := range all {
		if one := made(name, "--help"); name != "completion" && (len(one) != 1 || one[0] != name) {
			t.Errorf("%s makes %v", name, one)
		}
	}
	for _, args := range []string{"", "--db a.db", "--db=a.db --read-only", "--open person --key k --ascii"} {
		if got := made(strings.Fields(args)...); len(got) > 0 {
			t.Errorf("%q makes %v", args, got)
		}
	}
	for _, args := range []string{"--help", "-h", "nonsense", "--db a.db list person", "--db", "--nonsense", "completion bash", "__complete list"} {
		if got := made(strings.Fields(args)...); len(got) != len(all) {
			t.Errorf("%q makes only %v", args, got)
		}
	}
}
