package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
)

// usage says how a command is called, in Chinese. It is a function and no template:
// text/template looks methods up by name, and with it in the program the linker could
// leave out no exported method of any type.
func usage(c *cobra.Command) error {
	var b strings.Builder
	if c.Runnable() {
		b.WriteString("用法:\n  " + c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\n  " + c.CommandPath() + " 命令 …\n\n命令:")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "\n  %-*s %s", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	if c.HasAvailableLocalFlags() {
		b.WriteString("\n\n选项:\n" + trimRight(c.LocalFlags().FlagUsages()))
	}
	if c.HasAvailableInheritedFlags() {
		b.WriteString("\n\n各命令都有的选项:\n" + trimRight(c.InheritedFlags().FlagUsages()))
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\n\n某个命令怎么用:" + c.CommandPath() + " 命令 --help")
	}
	b.WriteString("\n")
	_, err := io.WriteString(c.OutOrStderr(), b.String())
	return err
}

// help puts what the command is for before its usage, on standard output since it was
// asked for.
func help(c *cobra.Command, _ []string) {
	text := c.Long
	if text == "" {
		text = c.Short
	}
	if text != "" {
		text = trimRight(text) + "\n\n"
	}
	if _, err := io.WriteString(c.OutOrStdout(), text+c.UsageString()); err != nil {
		c.PrintErrln(err)
	}
}

func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }
