package io.storyreel.worker.speech.azure;

import io.storyreel.worker.speech.Utterance;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** A line as the document that Azure reads. The text is only ever text: it cannot bring tags of its own. */
final class Ssml {
    private static final String NAMESPACE = "http://www.w3.org/2001/10/synthesis";

    /** What XML 1.0 has no way to write. */
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private Ssml() {}

    /** The text as far as it can be written at all. */
    static String legal(String text) {
        return ILLEGAL.matcher(text).replaceAll("");
    }

    /** @param line cast: its voice is Azure's short name, such as {@code en-US-JennyNeural} */
    static String of(Utterance line) {
        var document = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(document);
            xml.setDefaultNamespace(NAMESPACE);
            xml.writeStartElement(NAMESPACE, "speak");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("version", "1.0");
            xml.writeAttribute(XMLConstants.XML_NS_PREFIX, XMLConstants.XML_NS_URI, "lang", language(line.voice()));
            xml.writeStartElement(NAMESPACE, "voice");
            xml.writeAttribute("name", line.voice());
            xml.writeCharacters(legal(line.text()));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory could not be written", e);
        }
        return document.toString();
    }

    /** Of {@code zh-CN-shaanxi-XiaoniNeural}: {@code zh-CN}. */
    private static String language(String voice) {
        String[] parts = voice.split("-", 3);
        return parts[0] + "-" + parts[1];
    }
}
