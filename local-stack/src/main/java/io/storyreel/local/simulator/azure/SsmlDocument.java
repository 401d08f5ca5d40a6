package io.storyreel.local.simulator.azure;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to be said, as far as the simulator understands it: the text of one voice.
 *
 * @param billed characters within the voice, ideographs twice
 */
record SsmlDocument(String voice, String text, long billed) {

    private static final String SYNTHESIS = "http://www.w3.org/2001/10/synthesis";
    private static final Set<String> EXTENSIONS =
            Set.of("http://www.w3.org/2001/mstts", "https://www.w3.org/2001/mstts");
    private static final Set<String> ELEMENTS =
            Set.of("prosody", "break", "p", "s", "emphasis", "say-as", "phoneme", "sub", "lang", "bookmark");
    private static final Pattern VOICE = Pattern.compile("[a-z]{2,3}-[A-Z][A-Za-z]+(-[a-z]+)?-[A-Z][A-Za-z:0-9]+");
    private static final int LARGEST = 64 << 10;

    static SsmlDocument parse(byte[] body) throws AzureRefusal {
        if (body.length > LARGEST) {
            throw new AzureRefusal(400, "The document is too large.");
        }
        var root = root(body);
        if (!root.getLocalName().equals("speak")
                || !SYNTHESIS.equals(root.getNamespaceURI())
                || !root.getAttribute("version").equals("1.0")
                || root.getAttribute("xml:lang").isEmpty()) {
            throw new AzureRefusal(400, "A speak element with version, namespace and xml:lang is required.");
        }
        var voices = root.getElementsByTagNameNS(SYNTHESIS, "voice");
        if (voices.getLength() != 1) {
            throw new AzureRefusal(400, "The simulator speaks documents of one voice.");
        }
        var voice = (Element) voices.item(0);
        if (!VOICE.matcher(voice.getAttribute("name")).matches()) {
            throw new AzureRefusal(400, "Unsupported voice " + voice.getAttribute("name") + ".");
        }
        checkElements(voice);
        var text = voice.getTextContent();
        var ideographs = text.codePoints()
                .filter(character -> Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN)
                .count();
        return new SsmlDocument(voice.getAttribute("name"), text, text.codePointCount(0, text.length()) + ideographs);
    }

    private static Element root(byte[] body) throws AzureRefusal {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new ByteArrayInputStream(body)))
                    .getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new AzureRefusal(400, "The document cannot be read.");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java can refuse a DOCTYPE", e);
        }
    }

    private static void checkElements(Element parent) throws AzureRefusal {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                var known = SYNTHESIS.equals(element.getNamespaceURI())
                        ? ELEMENTS.contains(element.getLocalName())
                        : EXTENSIONS.contains(element.getNamespaceURI());
                if (!known) {
                    throw new AzureRefusal(400, "Unknown element " + element.getTagName() + ".");
                }
                checkElements(element);
            }
        }
    }
}
